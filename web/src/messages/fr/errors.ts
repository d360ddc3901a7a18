// What a refusal of the node is called (core/base/result.h), one sentence a code.
const fr = {
  codes: {
    network: 'Le réseau ne répond pas. Rien n’est perdu ; réessayez dans un moment.',
    invalid: 'Une valeur ne convient pas.',
    malformed: 'La demande n’a pas pu être lue.',
    unauthenticated: 'La session est finie. Reconnectez-vous.',
    forbidden: 'Votre rôle n’ouvre pas cela.',
    not_found: 'Introuvable, ou pas pour ce compte.',
    conflict: 'Quelqu’un l’a changé entre-temps. Rechargez et reprenez.',
    too_large: 'C’est trop long ou trop lourd.',
    refused: 'Une règle s’y oppose.',
    throttled: 'Trop d’essais. Attendez un peu avant de recommencer.',
    quarantined: 'Reçu, mais mis de côté : quelqu’un doit le vérifier.',
    unsupported: 'Cette version ne sait pas faire cela.',
    unavailable: 'Le service est occupé. Réessayez dans un moment.',
    full: 'Plus de place sur le serveur. Prévenez l’administration.',
    timeout: 'La réponse a trop tardé. Réessayez.',
    internal: 'Erreur de notre côté. Ce qui est noté est gardé.',
  },
  reference: (code: string) => `Code à dire à l’aide : ${code}`,
};

export default fr;
