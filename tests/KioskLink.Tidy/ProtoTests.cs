using System.Text.RegularExpressions;

namespace KioskLink.Tidy;

/// <summary>What buf cannot see of the contract on the wire: names of files, and what a caller must read before a call.</summary>
public sealed class ProtoTests
{
    [Fact]
    public void A_proto_file_holds_one_service_at_most_and_is_named_after_it() => Rule.Holds(
        repository =>
            from file in repository.Under("protos/kiosklink", ".proto")
            let services = Regex.Matches(file.Text, @"^service (\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToList()
            let named = services.Count == 1 ? SnakeCase(services[0]) + ".proto" : null
            where services.Count > 1 || services.Count == 1 && file.Name != named || services.Count == 0 && file.Name.Contains("service")
            select $"{file.Path} holds {string.Join(", ", services)}: one service a file, `{named ?? "noun_service.proto"}`.",
        Proto("door.proto", "service DoorService {}"),
        Proto("door_service.proto", "service DoorService {}\nservice LockService {}"),
        Proto("door_service.proto", "message Door {}"));

    [Fact]
    public void Every_rpc_says_who_may_call_it_what_a_repeat_does_and_which_errors_it_gives() => Rule.Holds(
        repository =>
            from file in repository.Under("protos/kiosklink", ".proto")
            from Match rpc in Regex.Matches(file.Text, @"((?:^ *//.*\n)*) *rpc (\w+)\(", RegexOptions.Multiline)
            let service = Regex.Match(file.Text, @"((?:^//.*\n)*)service ", RegexOptions.Multiline).Groups[1].Value
            from missing in Missing(service, rpc.Groups[1].Value)
            select $"{file.Path}:{file.LineOf(rpc.Groups[2].Index)} {rpc.Groups[2].Value} does not say {missing}.",
        Proto("door_service.proto", "// Doors.\nservice DoorService {\n  // Opens a door. Idempotent. NOT_FOUND for an unknown door.\n  rpc OpenDoor(A) returns (B);\n}"),
        Proto("door_service.proto", "// Doors. Callers: nodes.\nservice DoorService {\n  // Opens a door. NOT_FOUND for an unknown door.\n  rpc OpenDoor(A) returns (B);\n}"),
        Proto("door_service.proto", "// Doors. Callers: nodes.\nservice DoorService {\n  // Opens a door. Not idempotent.\n  rpc OpenDoor(A) returns (B);\n}"));

    [Fact]
    public void A_request_that_has_a_PIN_checked_names_its_attempt_and_device() => Rule.Holds(
        repository =>
            from file in repository.Under("protos/kiosklink", ".proto")
            from Match request in Regex.Matches(file.Text, @"^message (\w+Request) \{\n((?:.*\n)*?)\}", RegexOptions.Multiline)
            let fields = request.Groups[2].Value
            where Regex.IsMatch(fields, @"\bbytes pin = ") && Regex.IsMatch(fields, @"\bstring card_number = ")
                && !(Regex.IsMatch(fields, @"\bstring attempt_id = ") && Regex.IsMatch(fields, @"\bstring device_id = "))
            select $"{file.Path}:{file.LineOf(request.Index)} {request.Groups[1].Value} takes a PIN without attempt_id and device_id: a repeat would count twice.",
        Proto("door_service.proto", "message OpenDoorRequest {\n  string card_number = 1;\n  bytes pin = 2;\n  string attempt_id = 3;\n}\n"));

    private static Breach Proto(string name, string text) => new($"protos/kiosklink/register/v1/{name}", text);

    private static IEnumerable<string> Missing(string service, string rpc)
    {
        if (!Regex.IsMatch(service + rpc, @"\bCallers: |^// For ", RegexOptions.Multiline))
            yield return "who may call it (`Callers: …`)";
        if (!Regex.IsMatch(rpc, @"[Ii]dempotent|Changes nothing|repeated at will"))
            yield return "what a repeated call does (`Idempotent`, `Not idempotent`, `Changes nothing`)";
        if (!Regex.IsMatch(rpc, @"\b(INVALID_ARGUMENT|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|UNAUTHENTICATED|DEADLINE_EXCEEDED)\b"))
            yield return "which errors it gives (`NOT_FOUND …`)";
    }

    private static string SnakeCase(string name) => Regex.Replace(name, "(?<!^)([A-Z])", "_$1").ToLowerInvariant();
}
