package dev.slipway.fleet;

import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows which volumes on a server belong to apps, so that nobody removes them. */
@ConsumerType
public interface AppVolumes {
  /** The names of all volumes on this server that apps have, or may have again. */
  Set<String> on(UUID tenantId, UUID serverId);
}
