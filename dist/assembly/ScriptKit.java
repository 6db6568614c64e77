import dev.slipway.api.spi.ScriptApi;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.schema.PlatformSchemas;
import dev.slipway.scripts.resource.ScriptHookResource;
import dev.slipway.scripts.service.Registry;
import dev.slipway.scripts.service.Typings;
import dev.slipway.store.json.PlatformJson;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Writes what authors of scripts need besides the scripts: slipway.d.ts, and hooks.json for {@code
 * slipway script test}. Both come from the registry, filled with the hooks and functions of all
 * features on the class path; these describe themselves without the services that they call.
 */
final class ScriptKit {
  private static final Pattern OFFER =
      Pattern.compile("<provide interface=\"dev\\.slipway\\.api\\.spi\\.Script(Api|Hook)\"");

  /** Plugins are not on every platform. */
  private static final Pattern CLASS =
      Pattern.compile("implementation class=\"(dev\\.slipway\\.[^\"]+)\"");

  private ScriptKit() {}

  public static void main(String[] arguments) throws Exception {
    var json = new PlatformJson();
    var registry = new Registry(json, new PlatformSchemas());
    var house = registry.hooks().size();
    var offered = offered();
    for (var type : offered) {
      switch (described(type)) {
        case ScriptHook hook -> registry.addHook(hook);
        case ScriptApi api -> registry.addApi(api);
        default -> throw new IllegalStateException(type + " offers nothing to scripts");
      }
    }
    if (registry.hooks().size() + registry.functions().size() != house + offered.size()) {
      throw new IllegalStateException("some of these could not be read: " + offered);
    }
    var folder = Files.createDirectories(Path.of(arguments[0]));
    var typings = new Typings(registry);
    Files.writeString(folder.resolve("slipway.d.ts"), typings.text());
    Files.writeString(
        folder.resolve("hooks.json"), json.write(new ScriptHookResource(registry, typings).list()));
  }

  /** The classes whose components are registered as hooks or functions. */
  private static TreeSet<String> offered() throws Exception {
    var classes = new TreeSet<String>();
    for (URL manifest :
        Collections.list(ScriptKit.class.getClassLoader().getResources(JarFile.MANIFEST_NAME))) {
      var text = text(manifest.openStream()).replaceAll("\r?\n ", "");
      var components = Pattern.compile("Service-Component: (.*)").matcher(text);
      if (components.find()) {
        for (var component : components.group(1).strip().split(",")) {
          var url = manifest.toString().replace(JarFile.MANIFEST_NAME, component);
          var description = text(URI.create(url).toURL().openStream());
          var implementation = CLASS.matcher(description);
          if (OFFER.matcher(description).find() && implementation.find()) {
            classes.add(implementation.group(1));
          }
        }
      }
    }
    return classes;
  }

  private static String text(InputStream from) throws Exception {
    try (from) {
      return new String(from.readAllBytes());
    }
  }

  private static Object described(String type) throws Exception {
    Constructor<?> constructor = Class.forName(type).getConstructors()[0];
    var services = Arrays.stream(constructor.getParameterTypes()).map(ScriptKit::absent).toArray();
    return constructor.newInstance(services);
  }

  /** Stands for a service that is not called. */
  private static Object absent(Class<?> service) {
    return service.isInterface()
        ? Proxy.newProxyInstance(
            service.getClassLoader(), new Class<?>[] {service}, (_, _, _) -> null)
        : null;
  }
}
