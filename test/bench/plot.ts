import { init } from 'echarts';
import type { Result } from './table';

type Theme = 'light' | 'dark';

const COLOURS: Record<Theme, { text: string; line: string; ours: string; theirs: string }> = {
	light: { text: '#1f2328', line: '#d1d9e0', ours: '#1f3fd1', theirs: '#9aa4b2' },
	dark: { text: '#f0f6fc', line: '#3d444d', ours: '#8ea2ff', theirs: '#6b7684' },
};
const WIDTH = 820;
const LABEL_WIDTH = 290;
const ROW_HEIGHT = 54;
const FRAME_HEIGHT = 112;
const BAR_WIDTH = 15;

/**
 * The figures that have a label for it, as an SVG: this package's node beside n8n's HTTP Request node, which is 1 in each.
 * @throws RangeError when no figure has a label
 */
export function drawPlot(results: Result[], theme: Theme): string {
	const figures = results.flatMap(({ inPlot, median }) => (inPlot === undefined ? [] : [{ label: inPlot, median }]));
	if (figures.length === 0) throw new RangeError('None of the results belongs into the plot.');
	const { text, line, ours, theirs } = COLOURS[theme];
	const height = FRAME_HEIGHT + ROW_HEIGHT * figures.length;
	const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
	chart.setOption({
		animation: false,
		silent: true,
		backgroundColor: 'transparent',
		textStyle: { fontFamily: 'system-ui, sans-serif', color: text },
		legend: { top: 8, left: 8, itemGap: 24, textStyle: { color: text, fontSize: 14 } },
		grid: { top: 48, bottom: 48, left: LABEL_WIDTH, right: 56 },
		xAxis: {
			name: 'HTTP Request = 1, shorter is better',
			nameLocation: 'middle',
			nameGap: 30,
			nameTextStyle: { color: text, fontSize: 13 },
			axisLabel: { color: text },
			splitLine: { lineStyle: { color: line } },
		},
		yAxis: {
			inverse: true,
			data: figures.map(({ label }) => label),
			axisTick: { show: false },
			axisLine: { lineStyle: { color: line } },
			axisLabel: { color: text, fontSize: 14 },
		},
		series: [
			{
				name: 'ClariBI node',
				type: 'bar',
				barWidth: BAR_WIDTH,
				itemStyle: { color: ours },
				data: figures.map(({ median }) => ({
					value: median,
					label: { show: true, position: 'right', formatter: median.toFixed(2), color: text, fontSize: 14, fontWeight: 'bold' },
				})),
			},
			{ name: 'n8n’s HTTP Request node', type: 'bar', barWidth: BAR_WIDTH, itemStyle: { color: theirs }, data: figures.map(() => 1) },
		],
	});
	const svg = chart.renderToSVGString();
	chart.dispose();
	return svg;
}
