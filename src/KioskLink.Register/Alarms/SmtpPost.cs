using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using System.Text;
using KioskLink.Register.Store;

namespace KioskLink.Register.Alarms;

/// <summary>
/// Hands e-mails to a mail server (RFC 5321), under TLS by STARTTLS (RFC 3207) where the channel says so: a server without it gets nothing. A message that is
/// sent again keeps its Message-ID, by which mail servers know it. Nothing of a message or of the password is in a problem. Thread-safe.
/// </summary>
internal sealed class SmtpPost(RegisterCore core)
{
    /// <summary>How long a server may take for one message.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a message; the problem in English where it was not taken.</summary>
    public async Task<string?> SendAsync(SmtpChannel channel, DeliveryRow message, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, core.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var client = new SmtpClient(channel.Host, channel.Port) { EnableSsl = channel.IsTls, Credentials = await CredentialsAsync(channel, stop) };
            using var mail = Mail(channel, message);
            await client.SendMailAsync(mail, ending.Token);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "the file with the password cannot be read";
        }
        catch (Exception untrusted) when (!stop.IsCancellationRequested && (untrusted as AuthenticationException ?? untrusted.InnerException) is AuthenticationException)
        {
            return "the certificate of the mail server is not trusted";
        }
        catch (SmtpException refused) when (!stop.IsCancellationRequested)
        {
            return refused.StatusCode == SmtpStatusCode.GeneralFailure ? "the mail server cannot be reached, or not under TLS" : $"the mail server answered {(int)refused.StatusCode}";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "the mail server did not answer in time";
        }
    }

    // Read for each message, so that it can be changed.
    private static async Task<NetworkCredential?> CredentialsAsync(SmtpChannel channel, CancellationToken stop) => channel.User.Length == 0
        ? null
        : new NetworkCredential(channel.User, (await File.ReadAllTextAsync(channel.SecretFile, stop)).Trim());

    private static MailMessage Mail(SmtpChannel channel, DeliveryRow message)
    {
        var mail = new MailMessage(channel.From, message.Recipient)
        {
            Subject = message.Title.ReplaceLineEndings(" "),
            SubjectEncoding = Encoding.UTF8,
            Body = message.Body,
            BodyEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", $"<alarm-{message.DeliveryId}@{channel.From.Split('@')[^1]}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }
}
