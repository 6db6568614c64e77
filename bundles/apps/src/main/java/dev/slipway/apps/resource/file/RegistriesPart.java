package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.service.runtime.RegistryCredentialService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The section {@code registries} of the file: hosts of the private registries that the app's images
 * come from. Credentials are the tenant's; the file only tells where some are needed.
 */
@Component(service = AppFilePart.class)
public final class RegistriesPart implements AppFilePart {
  private static final String NAME = "registries";

  private final RegistryCredentialService service;

  /** Made by the component runtime. */
  @Activate
  public RegistriesPart(@Reference RegistryCredentialService service) {
    this.service = service;
  }

  @Override
  public String schema() {
    return """
        {
          "registries": {
            "type": "array", "maxItems": 50,
            "description": "Hosts that the tenant must have credentials of",
            "items": {"type": "string", "minLength": 1, "maxLength": 255}
          }
        }
        """;
  }

  @Override
  public int order() {
    return 50;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var image = app.image();
    var hosts = image == null ? List.<String>of() : service.credentialsFor(caller, image);
    return hosts.isEmpty() ? Map.of() : Map.of(NAME, hosts);
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var hosts = (List<?>) Objects.requireNonNull(sections.get(NAME));
    return IntStream.range(0, hosts.size())
        .filter(index -> !service.knows(caller, (String) hosts.get(index)))
        .mapToObj(index -> NAME + "." + hosts.get(index))
        .toList();
  }
}
