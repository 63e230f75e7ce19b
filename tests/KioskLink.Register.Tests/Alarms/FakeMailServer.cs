using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>What a mail server took.</summary>
internal sealed record TakenMail(string From, string To, string Text);

/// <summary>A mail server of a few lines (RFC 5321, STARTTLS of RFC 3207): a real socket, and the answers that a test says.</summary>
internal sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<TakenMail> _mails = new();
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly ConcurrentQueue<string> _heardUnderTls = new();
    private readonly Task _serving;

    public FakeMailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public IReadOnlyCollection<TakenMail> Mails => _mails;

    /// <summary>Every line that clients have said.</summary>
    public IReadOnlyCollection<string> Heard => _heard;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Its certificate: with one it offers STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The lines that were said under TLS.</summary>
    public IReadOnlyCollection<string> HeardUnderTls => _heardUnderTls;

    /// <summary>What is answered to a recipient.</summary>
    public string ToRecipient { get; set; } = "250 OK";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception gone) when (gone is IOException or AuthenticationException)
            {
                // The client has gone, or does not trust the certificate.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        if (stream is not SslStream)
            await writer.WriteLineAsync("220 mail.test.example");
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            Hear(stream, line);
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            (from, to) = verb switch { "MAIL" => (Address(line), ""), "RCPT" => (from, Address(line)), _ => (from, to) };
            if (verb == "DATA")
                await TakeAsync(reader, writer, from, to);
            else if (verb == "EHLO" && Certificate is not null)
                await writer.WriteLineAsync("250-mail.test.example\r\n250 STARTTLS");
            else if (verb == "STARTTLS")
                await TalkUnderTlsAsync(stream, writer);
            else
                await writer.WriteLineAsync(verb switch { "RCPT" => ToRecipient, "QUIT" => "221 bye", _ => "250 OK" });
        }
    }

    private void Hear(Stream stream, string line) => (stream is SslStream ? _heardUnderTls : _heard).Enqueue(line);

    private async Task TalkUnderTlsAsync(Stream stream, StreamWriter writer)
    {
        await writer.WriteLineAsync("220 go on");
        await using var secured = new SslStream(stream, leaveInnerStreamOpen: true);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stopping.Token);
        await TalkAsync(secured);
    }

    private async Task TakeAsync(StreamReader reader, StreamWriter writer, string from, string to)
    {
        await writer.WriteLineAsync("354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stopping.Token) is { } line && line != ".")
            text.AppendLine(line);
        _mails.Enqueue(new TakenMail(from, to, text.ToString()));
        await writer.WriteLineAsync("250 taken");
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
