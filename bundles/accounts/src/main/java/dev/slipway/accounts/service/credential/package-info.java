/** Passwords, and the mails that prove an address or replace a password. */
@NullMarked
package dev.slipway.accounts.service.credential;

import org.jspecify.annotations.NullMarked;
