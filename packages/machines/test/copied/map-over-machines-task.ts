export default ({ data }: { data: number[] }): number[] => data.map((n) => n * n);
