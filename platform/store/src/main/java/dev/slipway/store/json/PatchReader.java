package dev.slipway.store.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import dev.slipway.api.Patch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells a member that was left out from one that was set to null. */
final class PatchReader extends JsonDeserializer<Patch<?>> implements ContextualDeserializer {
  private final @Nullable JavaType content;

  PatchReader() {
    this(null);
  }

  private PatchReader(@Nullable JavaType content) {
    this.content = content;
  }

  @Override
  public JsonDeserializer<?> createContextual(
      DeserializationContext context, BeanProperty property) {
    var type = context.getContextualType();
    return new PatchReader(
        type == null ? property.getType().containedType(0) : type.containedType(0));
  }

  @Override
  public Patch<?> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return Patch.of(context.readValue(parser, content));
  }

  @Override
  public Patch<?> getNullValue(DeserializationContext context) {
    return Patch.of(null);
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return Patch.absent();
  }
}
