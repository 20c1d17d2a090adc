export { deleteCredential, saveCredential, testCredentialInN8n } from './credentials';
export type { SavedCredential } from './credentials';
export { endOfExecution, executionsOf, fileOf, outputOf, runSavedWorkflow } from './executions';
export type { EndedExecution, SavedRunOptions } from './executions';
export { loadOptionsInN8n, searchListInN8n } from './lists';
export type { ListOwner } from './lists';
export { OWNER, Session } from './session';
export { activateWorkflow, createWorkflow, deactivateWorkflow, listWorkflows, withCredentials } from './workflows';
export type { SavedWorkflow, WorkflowFile } from './workflows';
