package dev.slipway.pluginhost;

import dev.slipway.api.PlatformException;
import dev.slipway.api.net.Egress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The network as one plugin reaches it: hosts that were granted to it, a few calls at a time. */
final class PluginEgress implements Egress {
  private final String plugin;
  private final Egress egress;
  private final Grants grants;
  private final Limits limits;

  PluginEgress(String plugin, Egress egress, Grants grants, Limits limits) {
    this.plugin = plugin;
    this.egress = egress;
    this.grants = grants;
    this.limits = limits;
  }

  @Override
  public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    require(request.uri());
    try (var slot = limits.egress(plugin)) {
      return egress.send(request);
    }
  }

  @Override
  public void check(String field, String url) {
    try {
      require(URI.create(url));
    } catch (IllegalArgumentException malformed) {
      // What is wrong with it is said below.
    } catch (PlatformException refused) {
      throw refused.withField(field, refused.getMessage());
    }
    egress.check(field, url);
  }

  private void require(URI target) {
    var host = target.getHost();
    if (host == null) {
      throw PluginError.EGRESS.of(plugin, "an address without a plain host name");
    }
    var port = target.getPort();
    if (port < 0) {
      port = "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
    }
    if (!grants.permissions(plugin).mayReach(host, port)) {
      throw PluginError.EGRESS.of(plugin, host + ":" + port);
    }
  }
}
