// The pages that anyone reads. Each is a list of sections: a heading and its paragraphs.
const fr = {
  legal: [
    {
      head: 'Qui publie',
      text: [
        'Cette installation de Fil rouge est tenue par le consortium qui l’utilise. L’éditeur et le directeur de la publication sont ceux de l’organisation chef de file, indiquée à la connexion ; l’hébergeur est celui qu’elle a choisi.',
        'Fil rouge est un logiciel libre : chacun peut le lire, l’installer et le changer selon sa licence.',
      ],
    },
    {
      head: 'Ce que ce site dépose chez vous',
      text: [
        'Un témoin de session, nécessaire à la connexion, et sur le téléphone ce qui permet de noter sans réseau. Aucune mesure d’audience, aucune publicité, aucun service extérieur.',
      ],
    },
  ],
  data: [
    {
      head: 'Trois façons d’être compté',
      text: [
        'Une rencontre est un nombre : ni nom, ni fiche, et elle ne devient jamais une personne.',
        'Un alias suffit pour être aidé. Un prénom et un moyen d’être joint ne viennent qu’ensuite, si la personne le veut, après quatre écrans qui disent à quoi ils servent.',
      ],
    },
    {
      head: 'Sur quelle base',
      text: [
        'Le suivi repose sur une mission d’intérêt public : on peut s’y opposer. Ce qui repose sur un accord peut être retiré à tout moment ; le retrait l’emporte toujours.',
      ],
    },
    {
      head: 'Qui lit',
      text: [
        'L’équipe qui suit la personne. Une administratrice, un financeur, une évaluatrice ne lisent aucune fiche. Chaque lecture laisse une trace que la personne peut demander.',
      ],
    },
    {
      head: 'Combien de temps',
      text: [
        'L’heure et le lieu d’une rencontre restent trente jours à l’équipe, puis seulement le jour et le quartier. À la demande d’une personne, tout ce qui la concerne est effacé, clés comprises ; seuls restent des totaux sans nom.',
      ],
    },
    {
      head: 'Sur le téléphone',
      text: [
        'Ce qui attend d’être envoyé est scellé : même le téléphone ne sait plus le relire. La liste du jour est chiffrée et se ferme au verrouillage, au rechargement ou après douze heures.',
      ],
    },
    {
      head: 'Exercer ses droits',
      text: [
        'Lire, corriger, s’opposer, retirer, effacer : demandez à une personne de l’équipe, ou à la ou au délégué à la protection des données de l’organisation. En cas de désaccord, la CNIL (cnil.fr) reçoit les réclamations.',
      ],
    },
  ],
  accessibility: [
    {
      head: 'Où nous en sommes',
      text: [
        'Accessibilité : non conforme. Aucun audit complet du référentiel RGAA n’a encore été fait ; tant qu’il manque, nous ne disons rien de mieux.',
        'Ce qui est vérifié à chaque version, sur un navigateur : aucune erreur automatique sur les écrans, navigation au clavier, 320 pixels de large, zoom à 200 %, thème de nuit, cibles de 44 pixels.',
        'Ce qui n’a pas encore été fait : lecteurs d’écran, avec des personnes qui s’en servent.',
      ],
    },
    {
      head: 'Plan du site',
      text: [
        'Sur le téléphone : Aujourd’hui, Jeunes, Noter, Carte en bas de l’écran ; Envois, Compte rendu, Réglages et Aide dans le menu. Sur un ordinateur : les mêmes pages dans la barre de gauche, avec celles de votre rôle.',
      ],
    },
    {
      head: 'Un obstacle ?',
      text: [
        'Dites-le à la coordination de votre organisation : elle vous donne l’information autrement et le fait corriger. Sans réponse, le Défenseur des droits peut être saisi (defenseurdesdroits.fr).',
      ],
    },
  ],
  help: [
    {
      head: 'Noter sans réseau',
      text: [
        'Noter, Enregistrer : deux gestes suffisent. Lieu, heure et équipe viennent de la tournée ouverte ; tout le reste est facultatif.',
        'Sans alias, c’est une rencontre : un nombre. Avec un alias, c’est un contact.',
        'Chaque ligne dit où elle en est : Sur ce téléphone, Envoi, Envoyé, À vérifier.',
      ],
    },
    {
      head: 'Se tromper',
      text: [
        'Annuler reste proposé dix secondes, puis depuis la ligne. Rien n’est effacé en silence : annuler est une entrée de plus.',
      ],
    },
    {
      head: 'La liste fermée',
      text: [
        'Le cadenas ferme la liste. On peut alors encore noter, compter une rencontre et voir ses envois (heure, état, nombre), rien d’autre. Elle se ferme aussi au rechargement et après douze heures.',
        'Un brouillon commencé liste fermée est scellé à chaque pause et rendu à son auteur à la connexion suivante.',
      ],
    },
    {
      head: 'À vérifier',
      text: [
        'Une entrée que le serveur n’a pas pu admettre attend avec sa raison. Elle n’est ni perdue ni comptée ; la coordination la voit.',
      ],
    },
    {
      head: 'Téléphone perdu',
      text: [
        'Depuis un autre appareil : Réglages, Mes téléphones, Déclarer perdu. Ce qu’il enverrait encore est mis de côté.',
      ],
    },
    {
      head: 'Mineur en danger',
      text: ['Appelez le 119, gratuit, jour et nuit. Le numéro de la CRIP du département est sur la fiche.'],
    },
  ],
  licences: {
    version: (version: string) => `Version ${version}`,
    own: 'Fil rouge est un logiciel libre, sous la licence publique de l’Union européenne (EUPL-1.2). Son texte est dans le fichier LICENSE du projet.',
    with: 'Cette application contient',
    font: 'Atkinson Hyperlegible Next, Braille Institute : SIL Open Font License 1.1',
    noble: 'noble-ciphers, noble-curves, noble-hashes : MIT',
    svelte: 'Svelte : MIT',
    idb: 'idb : ISC',
    qr: 'qr : MIT ou Apache-2.0',
    server: 'Le serveur utilise',
    server_parts: [
      'Boost : Boost Software License 1.0',
      'libsodium : ISC',
      'nlohmann-json : MIT',
      'SQLite : domaine public',
    ],
    fetch: 'openapi-fetch : MIT',
  },
};

export default fr;
