package dev.slipway.accounts;

/** A tenant and how many members it has. */
public record TenantSize(Tenant tenant, int memberCount) {}
