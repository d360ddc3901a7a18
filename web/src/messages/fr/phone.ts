// The phone itself: closed list, sending, settings.
const fr = {
  locked_title: 'La liste est fermée',
  locked_text:
    'Vous pouvez noter. Rien ne se relit sur ce téléphone tant qu’elle est fermée.',
  encounter_plus: 'Rencontre +1',
  open_list: 'Ouvrir la liste',
};

export default fr;
