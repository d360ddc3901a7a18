// Read aloud with the voice of the device, where it has one. Only words of the interface are read,
// never what was noted.
import { language } from '../../app/i18n.svelte.ts';

class Aloud {
  available = $state(false);
  speaking = $state(false);
  /** True once something was read on this page: the answers say how they were explained. */
  used = $state(false);

  start(): () => void {
    const speech = globalThis.speechSynthesis;
    if (!speech) return () => undefined;
    this.used = false;
    const look = () => (this.available = speech.getVoices().length > 0);
    look();
    speech.addEventListener('voiceschanged', look);
    return () => {
      speech.removeEventListener('voiceschanged', look);
      this.stop();
    };
  }

  read(text: string): void {
    const speech = globalThis.speechSynthesis;
    if (!speech) return;
    speech.cancel();
    const said = new SpeechSynthesisUtterance(text);
    said.lang = language.now === 'en' ? 'en-GB' : 'fr-FR';
    said.rate = 0.95;
    said.onend = () => (this.speaking = false);
    said.onerror = () => (this.speaking = false);
    this.speaking = true;
    this.used = true;
    speech.speak(said);
  }

  stop(): void {
    globalThis.speechSynthesis?.cancel();
    this.speaking = false;
  }
}

export const aloud = new Aloud();
