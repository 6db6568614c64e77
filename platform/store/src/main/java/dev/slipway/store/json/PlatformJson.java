package dev.slipway.store.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.platform.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** JSON for bundles. */
@Component
public final class PlatformJson implements Json {
  private static final TypeReference<Map<String, @Nullable Object>> MEMBERS =
      new TypeReference<>() {};

  @Override
  public String write(@Nullable Object value) {
    try {
      return JsonMappers.PLATFORM.writeValueAsString(value);
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException("not a value that JSON can hold", failure);
    }
  }

  @Override
  public <T> T read(String json, Class<T> type) {
    try {
      return JsonMappers.PLATFORM.readValue(json, type);
    } catch (JsonProcessingException failure) {
      failure.clearLocation();
      throw new IllegalArgumentException("not JSON of a " + type.getSimpleName());
    }
  }

  @Override
  public Map<String, @Nullable Object> members(Object value) {
    return JsonMappers.PLATFORM.convertValue(value, MEMBERS);
  }
}
