package dev.slipway.fleet.store.server;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server that accepts deployments, with what placement rules speak of.
 *
 * @param pools ids of the pools that it is in
 */
public record Candidate(
    UUID id,
    @Nullable String region,
    Map<String, Object> labels,
    int appContainers,
    List<Object> pools) {}
