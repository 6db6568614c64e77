/**
 * Mail: an outbox in the database, one layout for all messages, delivery over SMTP with retries.
 * Without a mail server messages are held: their links go to the log and, sealed, to the event log.
 * Settings: {@code slipway.smtp.url}, {@code slipway.smtp.password}, {@code slipway.smtp.from},
 * {@code slipway.smtp.ca}.
 */
@NullMarked
package dev.slipway.mail;

import org.jspecify.annotations.NullMarked;
