package dev.slipway.http.route;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a bundle.
 *
 * @param verb HTTP method
 * @param path full path template, with the owner's prefix
 * @param method the resource method
 * @param operation the operation's name
 * @param access who may call it; null for anyone
 * @param summary one sentence for the reference
 * @param status status of success
 * @param errors documented refusals
 */
public record Route(
    String verb,
    String path,
    Method method,
    String operation,
    @Nullable Access access,
    String summary,
    int status,
    List<String> errors) {

  /**
   * The path with the names of its parameters taken out: two routes of one shape can not both be
   * served.
   */
  public String shape() {
    return verb + " " + path.replaceAll("\\{[^}]*}", "{}");
  }

  /** Whether calling it is audited: it changes something, or shows a secret. */
  public boolean audited() {
    var op = method.getAnnotation(Op.class);
    return op != null && op.audited()
        || !verb.equals("GET") && !verb.equals("HEAD") && !verb.equals("OPTIONS");
  }

  /** As in {@link Op#bound()}. */
  public String bound() {
    var op = method.getAnnotation(Op.class);
    return op == null ? "" : op.bound();
  }

  /** The part of the operation's name that names its feature. */
  public String feature() {
    return operation.substring(0, operation.indexOf('.'));
  }

  /**
   * Reads the operations off a resource class.
   *
   * @param gaps is told every method that is not marked as it must be
   */
  static List<Route> scan(Owner owner, Class<?> resource, List<String> gaps) {
    var base = resource.getAnnotation(Path.class);
    var routes = new ArrayList<Route>();
    for (var method : resource.getDeclaredMethods()) {
      var verb = verb(method);
      if (verb == null) {
        if (method.isAnnotationPresent(Path.class)) {
          gaps.add(name(method) + " is a sub-resource locator, which hides its operations");
        }
        continue;
      }
      if (!Modifier.isPublic(method.getModifiers())) {
        gaps.add(name(method) + " is not public");
      }
      var path = owner.prefix() + join(base, method.getAnnotation(Path.class));
      var route = marked(verb, path, method, gaps);
      if (route != null && !namesItsObject(route)) {
        gaps.add(name(method) + ": its path has no parameter " + route.bound());
      } else if (route != null) {
        routes.add(route);
      }
    }
    if (routes.isEmpty() && gaps.isEmpty()) {
      gaps.add(resource.getName() + " has no operation");
    }
    return routes;
  }

  private static @Nullable Route marked(
      String verb, String path, Method method, List<String> gaps) {
    var op = method.getAnnotation(Op.class);
    var open = method.getAnnotation(PublicOp.class);
    if ((op == null) == (open == null)) {
      gaps.add(name(method) + " must carry exactly one of @Op and @PublicOp");
      return null;
    }
    var operation = op != null ? op.value() : open.value();
    if (!operation.matches("[a-z][a-z0-9-]*(\\.[a-z0-9-]+){2}")) {
      gaps.add(name(method) + ": operation " + operation + " is not feature.noun.verb");
      return null;
    }
    return op != null
        ? new Route(
            verb,
            path,
            method,
            operation,
            op.access(),
            op.summary(),
            op.status(),
            List.of(op.errors()))
        : new Route(
            verb,
            path,
            method,
            operation,
            null,
            open.summary(),
            open.status(),
            List.of(open.errors()));
  }

  /** Whether it can be told which object a call is about, where bound credentials may call it. */
  private static boolean namesItsObject(Route route) {
    return route.bound().isEmpty() || route.path().contains("{" + route.bound() + "}");
  }

  private static @Nullable String verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst()
        .orElse(null);
  }

  private static String join(@Nullable Path base, @Nullable Path own) {
    var path = new StringBuilder();
    for (var part : new Path[] {base, own}) {
      if (part != null && !strip(part.value()).isEmpty()) {
        path.append('/').append(strip(part.value()));
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  private static String strip(String path) {
    return path.replaceAll("^/+|/+$", "").replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }
}
