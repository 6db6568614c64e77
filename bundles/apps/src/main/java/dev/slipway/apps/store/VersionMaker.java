package dev.slipway.apps.store;

import dev.slipway.apps.VariableVersion.Origin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a version of a variable, and how.
 *
 * @param restoredFrom the number of the version that is brought back
 * @param id null for an API key and for the platform
 */
public record VersionMaker(
    Origin origin, @Nullable Integer restoredFrom, @Nullable UUID id, String name) {}
