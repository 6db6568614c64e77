package dev.slipway.grpc;

import dev.slipway.api.rest.Op;
import io.grpc.BindableService;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the methods of a service are as operations. A service without any mark knows its callers by
 * itself, as that for agents does; one with a mark needs one at each method.
 *
 * @param operations by the method's name in the contract
 * @param gaps names of methods that should be marked
 */
record MarkedMethods(Map<String, Op> operations, List<String> gaps) {
  MarkedMethods {
    operations = Map.copyOf(operations);
    gaps = List.copyOf(gaps);
  }

  static MarkedMethods of(BindableService service, ServiceDescriptor descriptor) {
    var operations = new HashMap<String, Op>();
    var gaps = new ArrayList<String>();
    for (var method : descriptor.getMethods()) {
      var name = String.valueOf(method.getBareMethodName());
      var op = mark(service.getClass(), name);
      if (op == null) {
        gaps.add(name);
      } else {
        operations.put(name, op);
      }
    }
    return new MarkedMethods(operations, operations.isEmpty() ? List.of() : gaps);
  }

  private static @Nullable Op mark(Class<?> type, String name) {
    var java = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    for (var method : type.getMethods()) {
      var op = method.getAnnotation(Op.class);
      if (op != null && method.getName().equals(java)) {
        return op;
      }
    }
    return null;
  }

  /** The operation behind a method; null where the service is not marked. */
  @Nullable Op of(@Nullable String method) {
    return method == null ? null : operations.get(method);
  }
}
