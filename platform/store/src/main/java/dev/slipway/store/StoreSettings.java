package dev.slipway.store;

/**
 * How to reach the database.
 *
 * @param url JDBC URL without credentials
 * @param owner role that owns the tables; must be allowed to create roles
 * @param ownerPassword its password
 * @param roleKey secret from which the passwords of the two application roles are derived, so that
 *     all nodes agree
 * @param poolSize connections for tenants' work; half as many again serve platform-wide work
 */
public record StoreSettings(
    String url, String owner, String ownerPassword, byte[] roleKey, int poolSize) {}
