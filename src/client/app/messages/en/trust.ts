import type { Translated } from '#client/app/messages/translated.ts'
import type { trust as chinese } from '#client/app/messages/zh-CN/trust.ts'

export const trust: Translated<typeof chinese> = {
  title: 'Install the root certificate',
  heading: 'Let this device trust the site',
  lead: 'Once for each device. After that the app opens without network and records can be kept.',
  again: 'Try again',
  offline: {
    title: 'The site cannot be reached',
    text: 'Installing the root needs the site. Check the network and try again.',
  },
  none: {
    title: 'The site offers no https',
    text: 'Ask the technician to set HTTPS_PORT on the site computer and start again. On the site computer itself localhost needs no certificate.',
  },
  download: {
    title: 'First: download',
    text: 'The file is root.crt. It holds public things only, no password and nothing about anybody.',
    key: 'Download the root certificate',
  },
  name: 'Name',
  until: 'Valid until',
  fingerprint: 'SHA-256 fingerprint',
  compare: {
    title: 'Compare before you install',
    text: 'Open this page on the site computer with localhost: both fingerprints must be the same, character by character. If not, do not install it, and tell the technician.',
  },
  install: 'Second: install',
  systems: 'System of this device',
  warning:
    'If the browser warns "not secure", do not click through: the page would show, but never open without network. Check the date and time of the device, then the certificate.',
  system: {
    android: {
      name: 'Android',
      1: 'Open Settings, search for "certificate", and go to "Install a certificate" (or "Install from storage").',
      2: 'Choose "CA certificate", then "Install anyway", and enter the screen lock. Set a screen lock first if there is none.',
      3: 'Choose root.crt in Downloads.',
      4: "Open the address below in Chrome. Some makers' own browsers ignore certificates a person installed.",
    },
    windows: {
      name: 'Windows',
      1: 'Double-click root.crt, choose "Install Certificate", then "Local Machine", and agree.',
      2: 'Choose "Place all certificates in the following store", "Browse", and "Trusted Root Certification Authorities".',
      3: 'Choose "Next" and "Finish"; it says that the import was successful.',
      4: 'Close every window of Chrome or Edge and open the address below.',
    },
    chromeos: {
      name: 'ChromeOS',
      1: 'Open chrome://certificate-manager, choose "Local certificates", then "Installed by you" under "Custom".',
      2: 'Choose "Import" beside "Trusted Certificates" and take root.crt.',
      3: 'If asked what for, trust it to identify websites.',
      4: 'Open the address below. For managed devices add it in the admin console.',
    },
    linux: {
      name: 'Linux',
      1: 'In Chromium or Chrome open chrome://certificate-manager, choose "Local certificates", then "Installed by you" under "Custom".',
      2: 'Choose "Import" beside "Trusted Certificates", take root.crt and trust it for websites.',
      3: 'Or by command (package libnss3-tools): certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n local-root -i root.crt',
      4: 'Close the browser and open the address below.',
    },
    ipados: {
      name: 'iPadOS',
      1: 'Download with Safari and choose "Allow"; it says "Profile Downloaded".',
      2: 'Open Settings, General, VPN & Device Management, choose the profile and install it.',
      3: 'Then in Settings, General, About, Certificate Trust Settings, switch the certificate on.',
      4: 'Open the address below in Safari.',
    },
  },
  go: {
    title: 'Third: use the new address',
    text: 'Use this address from now on. No warning beside it means that it worked.',
    key: 'Open it and join',
    closed: "The site's https port is not open; ask the technician to read what the site computer's window says.",
  },
}
