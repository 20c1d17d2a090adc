export { deleteCredential, saveCredential, testCredential } from './credentials';
export type { SavedCredential } from './credentials';
export { endOfExecution, executionsOf, fileOf, outputOf, runWorkflow } from './executions';
export type { EndedExecution, RunOptions } from './executions';
export { loadOptions, searchList } from './lists';
export type { ListOwner } from './lists';
export { OWNER, Session } from './session';
export { activateWorkflow, createWorkflow, deactivateWorkflow, listWorkflows, withCredentials } from './workflows';
export type { SavedWorkflow, WorkflowFile } from './workflows';
