package dev.slipway.api.script;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What has caused a run.
 *
 * @param type a word such as {@code event}, {@code schedule} or {@code alert}
 * @param id of the cause, such as the event's; null where it has none
 * @since 0.1.0
 */
@ProviderType
public record ScriptTrigger(String type, @Nullable String id) {}
