package dev.slipway.api.spi;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows what refers to scripts, so that none is removed that something still needs; registered as a
 * service by features that keep such references.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface ScriptUse {
  /**
   * Names of what refers to a script, for people, such as {@code alert rule "disk full"}; at most
   * 10 of 200 characters each. Called inside a unit of work of the tenant; a plugin's on a thread
   * of its own and so outside of it, for 2 s at most. Where it fails, the script is not removed.
   */
  List<String> usesOf(UUID tenantId, UUID scriptId);
}
