// A primary and two standbys, the primary killed under load FAILOVERS times (3), a standby promoted
// at once. Noticing that a primary is lost is not measured here: that is Patroni's part
// (patroni.mjs). Last line: N passed, N failed.
import { Cluster } from './cluster.mjs';
import { drill } from './drill.mjs';

await drill({ row: 'failover', failovers: Number(process.env.FAILOVERS ?? 3), make_cluster: (folder) => Cluster.create(folder) });
