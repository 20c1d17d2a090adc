import type { INodeExecutionData } from 'n8n-workflow';
import type { AnswerKind } from '../../resources/resource';
import type { ItemRequest } from '../itemRequest';
import { answerDeletion } from './deletion';
import { answerFile } from './file';
import { answerList } from './list';
import { answerRecord } from './record';
import { answerRefresh } from './refresh';
import { answerReport } from './report';
import { answerUsage } from './usage';

/** How each kind of answer is fetched and turned into the output of an item. */
export const answers: Record<AnswerKind, (item: ItemRequest) => Promise<INodeExecutionData[]>> = {
	deletion: answerDeletion,
	file: answerFile,
	list: answerList,
	record: answerRecord,
	refresh: answerRefresh,
	report: answerReport,
	usage: answerUsage,
};
