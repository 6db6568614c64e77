package dev.slipway.accounts.store.credential;

/** A mail that somebody asked for by address. */
public record MailRequest(TokenPurpose purpose, String emailKey) {}
