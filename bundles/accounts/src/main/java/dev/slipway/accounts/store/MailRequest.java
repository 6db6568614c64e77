package dev.slipway.accounts.store;

/** A mail that somebody asked for by address. */
public record MailRequest(TokenPurpose purpose, String emailKey) {}
