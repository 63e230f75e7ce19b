using System.Text.Json;
using System.Text.Json.Serialization;

namespace KioskLink.Register.Hosting;

/// <summary>Where the register listens, ports as they were given out.</summary>
/// <param name="Grpc">gRPC over TLS.</param>
/// <param name="Console">The pages; null where there are none.</param>
/// <param name="Sip2">Where machines connect; null where there are none.</param>
internal sealed record RegisterAddresses(
    [property: JsonPropertyName("grpc")] string Grpc,
    [property: JsonPropertyName("console"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Console,
    [property: JsonPropertyName("sip2"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Sip2 = null)
{
    /// <summary>The line that tells the program that started the register.</summary>
    public string ToLine() => "LISTENING " + JsonSerializer.Serialize(this);
}
