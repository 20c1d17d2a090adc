import { showFor } from '../resource';
import { simplifyField } from '../shared/fields';

export const getFields = [simplifyField(showFor('report', ['get']))];
