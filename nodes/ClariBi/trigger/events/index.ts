import { creditsLow } from './creditsLow';
import { dashboardUpdated } from './dashboardUpdated';
import { dataSourceInactive } from './dataSourceInactive';
import { reportCompleted } from './reportCompleted';
import { reportFailed } from './reportFailed';
import type { TriggerEvent } from '../triggerEvent';

/** What the trigger can be set to, in the order of its field. Each keeps its own kind of state. */
export const events = [creditsLow, dashboardUpdated, dataSourceInactive, reportCompleted, reportFailed] as TriggerEvent[];
