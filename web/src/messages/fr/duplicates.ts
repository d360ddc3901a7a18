// Somebody who may be noted twice, and partners who look for somebody of her name.
const fr = {
  title: 'Déjà connue d’une équipe ?',
  lead: 'Ces fiches de votre organisation portent le même nom, ou presque. Vous seul·e pouvez le dire ; rien ne se fait tout seul.',
  since: (team: string, day: string) => `${team}, depuis le ${day}`,
  names: { same: 'même nom', close: 'nom proche' },
  births: { same: 'même date de naissance', close: 'date de naissance proche', different: 'autre date de naissance' },
  same: 'Même personne',
  not_her: 'Non',
  about: (name: string) => `, ${name}`,
  linked: (name: string) => `Reliée à ${name}.`,
  told_apart: (name: string) => `${name} est quelqu’un d’autre.`,
  more: (count: number) => `et ${count} autres, moins proches`,
  rules: {
    already_linked: 'Ces deux fiches sont déjà reliées.',
    too_many: 'Trop de fiches sont déjà reliées à celle-ci.',
  },
  sought_title: 'Un partenaire cherche à joindre',
  sought: (name: string) => `Un partenaire cherche à joindre ${name}`,
  asks: (organisation: string) => `${organisation} demande à être appelée.`,
  why: 'Une personne de même nom y est suivie. Rien de votre fiche ne lui est dit : à vous d’appeler, ou non.',
  seen: 'Vu',
  seen_done: 'Ne sera plus montré.',
};

export default fr;
