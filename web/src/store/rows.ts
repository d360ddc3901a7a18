// What the interface says of an entry, in the words of core/sync/sync.h:
//   on_device  not yet received                        Sur ce téléphone
//   sending    a request carries it now                Envoi
//   sent       received and kept by the node           Envoyé
//   to_check   set aside by the node, with a reason    À vérifier
export type RowState = 'on_device' | 'sending' | 'sent' | 'to_check';
