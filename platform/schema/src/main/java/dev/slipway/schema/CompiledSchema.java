package dev.slipway.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.api.platform.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema that was read. It is a stranger's text: nothing it refers to is ever fetched, and it has
 * a registry of its own, since one that is kept would mix up the schemas of strangers by their ids.
 */
public final class CompiledSchema implements JsonSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final int MOST_FAULTS = 10;
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, @Nullable Object> members;
  private final Schema schema;

  private CompiledSchema(Map<String, @Nullable Object> members, Schema schema) {
    this.members = members;
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws IllegalArgumentException where it is none of 2020-12, or refers to what is not in it
   */
  public static CompiledSchema of(Map<String, @Nullable Object> members) {
    var faults = faults(members);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new CompiledSchema(members, compiled(members));
  }

  /** What is wrong with a schema; empty where it can be used. */
  public static List<String> faults(Map<String, @Nullable Object> members) {
    if (!DIALECT.equals(members.getOrDefault("$schema", DIALECT))) {
      return List.of("it must be a JSON Schema 2020-12");
    }
    try {
      var metaschema = registry().getSchema(SchemaLocation.of(DIALECT));
      var faults = metaschema.validate(JSON.<JsonNode>valueToTree(members));
      if (faults.isEmpty()) {
        tried(compiled(members));
        return List.of();
      }
      return faults.stream().limit(MOST_FAULTS).map(fault -> mismatch(fault).toString()).toList();
    } catch (RuntimeException | StackOverflowError failure) {
      return List.of("it can not be read as a JSON Schema");
    }
  }

  @Override
  public Map<String, @Nullable Object> members() {
    return members;
  }

  @Override
  public List<Mismatch> mismatches(@Nullable Object value) {
    return schema.validate(JSON.<JsonNode>valueToTree(value)).stream()
        .map(CompiledSchema::mismatch)
        .toList();
  }

  private static Mismatch mismatch(Error error) {
    var at = error.getInstanceLocation();
    var path = new ArrayList<String>();
    for (var i = 0; i < at.getNameCount(); i++) {
      path.add(at.getElement(i).toString());
    }
    // Of a member that is missing or too many the location is the object around it.
    if (error.getProperty() != null) {
      path.add(error.getProperty());
    }
    return new Mismatch(path, error.getKeyword(), error.getMessage());
  }

  /** One that refers to nothing, or to itself without end, fails here and not later. */
  private static void tried(Schema schema) {
    schema.initializeValidators();
    schema.validate(JSON.createObjectNode());
    schema.validate(JSON.createArrayNode());
  }

  private static Schema compiled(Map<String, @Nullable Object> members) {
    return registry().getSchema(JSON.<JsonNode>valueToTree(members));
  }

  private static SchemaRegistry registry() {
    var config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).locale(Locale.ENGLISH).build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        registry ->
            registry
                .schemaRegistryConfig(config)
                .schemaLoader(
                    loader ->
                        loader.allow(
                            address -> address.toString().startsWith("https://json-schema.org/"))));
  }
}
