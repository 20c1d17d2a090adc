import type { Group } from '../assumption';
import { account } from './account';
import { downloads } from './downloads';
import { errors } from './errors';
import { idsAndDates } from './idsAndDates';
import { requestLimit } from './requestLimit';
import { lists } from './lists';
import { spending } from './spending';
import { writing } from './writing';

/** All that is looked at, in this order: the request limit last of what is free, since it goes over all answers. */
export const groups: Group[] = [account, lists, idsAndDates, errors, downloads, requestLimit, spending, writing];
