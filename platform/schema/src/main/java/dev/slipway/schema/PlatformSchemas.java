package dev.slipway.schema;

import dev.slipway.api.platform.JsonSchema;
import dev.slipway.api.platform.JsonSchemas;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** JSON Schema for bundles. */
@Component
public final class PlatformSchemas implements JsonSchemas {
  @Override
  public JsonSchema read(Map<String, @Nullable Object> schema) {
    return CompiledSchema.of(schema);
  }
}
