package dev.slipway.scripts.service;

import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.net.Egress;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.data.Database;
import dev.slipway.scripts.ScriptsError;
import dev.slipway.scripts.store.EntryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code api.fetch(url, {method, headers, body, timeout_ms})}: to hosts on the tenant's list,
 * through the platform's egress guard, without redirects.
 */
@Component(service = ScriptApi.class)
public final class FetchFunction implements ScriptApi {
  private static final int LONGEST_BODY = 128 * 1024;
  private static final int USUAL_TIMEOUT = 5_000;

  private final Egress egress;
  private final Database database;
  private final EntryStore entries;

  @Activate
  public FetchFunction(@Reference Egress egress, @Reference Database database) {
    this.egress = egress;
    this.database = database;
    entries = new EntryStore(database);
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public String summary() {
    return "Sends an HTTP request to a host on the tenant's list and returns the answer.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":1,"maxItems":2,"prefixItems":[
          {"title":"url","type":"string","maxLength":2000},
          {"title":"options","type":"object","additionalProperties":false,"properties":{
            "method":{"enum":["GET","HEAD","POST","PUT","PATCH","DELETE"]},
            "headers":{"type":"object","additionalProperties":{"type":"string","maxLength":2000}},
            "body":{"type":"string","maxLength":131072},
            "timeout_ms":{"type":"integer","minimum":1,"maximum":10000}}}]}
        """;
  }

  @Override
  public String result() {
    return """
        {"type":"object","required":["status","headers","body"],"properties":{
          "status":{"type":"integer"},
          "headers":{"type":"object","additionalProperties":{"type":"string"}},
          "body":{"type":"string"}}}
        """;
  }

  @Override
  public boolean effect(ScriptCall call) {
    return !method(call).equals("GET") && !method(call).equals("HEAD");
  }

  @Override
  public String describe(ScriptCall call) {
    return method(call) + " " + target(call).getHost();
  }

  @Override
  public Object call(ScriptCall call) throws InterruptedException {
    var target = allowed(call);
    try {
      return answer(egress.send(request(target, call)));
    } catch (HttpTimeoutException late) {
      throw ScriptsError.FETCH_FAILED.of("There was no answer in time.");
    } catch (IOException failure) {
      throw ScriptsError.FETCH_FAILED.of("The host could not be reached.");
    } catch (IllegalArgumentException odd) {
      throw ScriptsError.ARGUMENTS_UNFIT.of("fetch: the address or a header can not be sent.");
    }
  }

  /** Checks all but whether the host answers. */
  @Override
  public Object dry(ScriptCall call) {
    allowed(call);
    return Map.of("status", 200, "headers", Map.of(), "body", "");
  }

  private URI allowed(ScriptCall call) {
    var target = target(call);
    var host = target.getHost().toLowerCase(Locale.ROOT);
    if (hosts(call.tenantId()).stream().noneMatch(pattern -> matches(pattern, host))) {
      throw ScriptsError.HOST_NOT_ALLOWED.of(host);
    }
    try {
      egress.check("url", target.toString());
    } catch (PlatformException refused) {
      throw ScriptsError.FETCH_FAILED.of(String.valueOf(refused.getMessage()));
    }
    return target;
  }

  private List<String> hosts(UUID tenantId) {
    return database.read(Scope.tenant(tenantId), () -> entries.settings(tenantId)).fetchHosts();
  }

  /** {@code *.example.com} is every host below it, not itself. */
  static boolean matches(String pattern, String host) {
    return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
  }

  private static URI target(ScriptCall call) {
    try {
      var target = URI.create(String.valueOf(call.text(0)));
      if (target.getHost() != null && List.of("http", "https").contains(target.getScheme())) {
        return target;
      }
    } catch (IllegalArgumentException broken) {
      // Refused below.
    }
    throw ScriptsError.ARGUMENTS_UNFIT.of("fetch: url must be an absolute http or https address.");
  }

  private static HttpRequest request(URI target, ScriptCall call) {
    var options = options(call);
    var body = options.get("body");
    var timeout = options.getOrDefault("timeout_ms", USUAL_TIMEOUT);
    var request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofMillis(((Number) timeout).longValue()))
            .method(
                method(call),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString((String) body));
    if (options.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, value) -> request.header(name.toString(), value.toString()));
    }
    return request.build();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> options(ScriptCall call) {
    var options = call.argument(1);
    return options == null ? Map.of() : (Map<String, Object>) options;
  }

  private static String method(ScriptCall call) {
    return (String) options(call).getOrDefault("method", "GET");
  }

  private static Map<String, Object> answer(HttpResponse<byte[]> response) {
    var body = new String(response.body(), StandardCharsets.UTF_8);
    if (body.length() > LONGEST_BODY) {
      throw ScriptsError.FETCH_FAILED.of("The answer is longer than 128 KiB.");
    }
    var headers = new LinkedHashMap<String, String>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return Map.of("status", response.statusCode(), "headers", headers, "body", body);
  }
}
