using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace KioskLink.Register.Alarms;

/// <summary>Hands text messages to a gateway by HTTP POST. Nothing of a message or of the secret is in an address or a problem. Thread-safe.</summary>
internal sealed class GatewayPost : IDisposable
{
    /// <summary>How long a gateway may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Patience };

    /// <summary>Sends a message; the problem in English where it was not taken.</summary>
    public async Task<string?> SendAsync(GatewayChannel channel, DeliveryRow message, CancellationToken stop)
    {
        try
        {
            var secret = channel.SecretFile.Length == 0 ? "" : (await File.ReadAllTextAsync(channel.SecretFile, stop)).Trim();
            using var request = Request(channel, message, secret);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return answer.IsSuccessStatusCode ? null : $"the gateway answered {(int)answer.StatusCode}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "the file with the secret cannot be read";
        }
        catch (Exception failure) when (failure is HttpRequestException or FormatException || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return failure is OperationCanceledException ? "the gateway did not answer in time" : "the gateway cannot be reached";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(GatewayChannel channel, DeliveryRow message, string secret)
    {
        var body = Fill(channel.Body, value => Quoted(value, channel.ContentType), message, secret);
        var request = new HttpRequestMessage(HttpMethod.Post, channel.Address) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(channel.ContentType);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.DeliveryId);
        foreach (var (name, value) in channel.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, Fill(value, static text => text, message, secret));
        }

        return request;
    }

    private static string Fill(string template, Func<string, string> quote, DeliveryRow message, string secret)
    {
        var filled = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var (place, value) = Place(template.AsSpan(at), message, secret);
            filled.Append(place == 0 ? template[at] : quote(value));
            at += Math.Max(1, place);
        }

        return filled.ToString();
    }

    private static (int Length, string Value) Place(ReadOnlySpan<char> rest, DeliveryRow message, string secret) =>
        rest.StartsWith("{to}") ? (4, message.Recipient)
        : rest.StartsWith("{text}") ? (6, message.ShortText)
        : rest.StartsWith("{id}") ? (4, message.DeliveryId)
        : rest.StartsWith("{secret}") ? (8, secret)
        : (0, "");

    private static string Quoted(string value, string contentType) =>
        contentType.Contains("json", StringComparison.OrdinalIgnoreCase) ? JsonEncodedText.Encode(value).ToString()
        : contentType.Contains("form", StringComparison.OrdinalIgnoreCase) ? Uri.EscapeDataString(value)
        : value;
}
