package dev.slipway.admin;

import java.time.Instant;
import java.util.UUID;

/**
 * A process of the platform.
 *
 * @param id the same over restarts on one data folder
 * @param region as the operator named it; empty where nobody did
 * @param lastSeen when it last wrote that it lives
 */
public record Node(
    UUID id, String hostname, String region, String version, Instant startedAt, Instant lastSeen) {}
