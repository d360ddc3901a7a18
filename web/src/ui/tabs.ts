export const tab_id = (value: string): string => `tab-${value}`;
export const panel_id = (value: string): string => `panel-${value}`;
