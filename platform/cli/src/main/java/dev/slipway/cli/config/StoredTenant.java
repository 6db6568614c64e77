package dev.slipway.cli.config;

/** The tenant that calls speak for. */
public record StoredTenant(String id, String slug) {}
