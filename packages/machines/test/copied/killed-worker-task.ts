export default ({ data }: { data: number[] }): number[] => data.map((n) => 2 * n);
