using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>A notice as it would be sent.</summary>
/// <param name="Patron">Whom it is for.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Words">Its words.</param>
/// <param name="File">The whole file.</param>
internal sealed record PreparedNotice(PatronRow Patron, NoticeChannel Channel, NoticeWords Words, string File)
{
    /// <summary>Subject and text as the patron gets them.</summary>
    public (string Subject, string Text) Shown => Channel == NoticeChannel.Sms ? ("", Words.Short) : (Words.Subject, Words.Body);
}

/// <summary>Finds how a notice reaches its patron, and puts it into words and into an envelope (R20).</summary>
internal sealed class PatronNoticeDesk(RegisterCore core, ConsortiumProfile profile)
{
    /// <summary>Prepares a notice; its id stands in an e-mail's header.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or FAILED_PRECONDITION: it is unwanted or cannot reach the patron.</exception>
    public PreparedNotice Prepare(string customerId, NoticeContent notice, string id)
    {
        using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, customerId) ?? throw Field.Missing("patron");
        RequireUnrestricted(patron, notice.Kind);
        var to = Recipient(db, patron);
        var channel = Channel(db, patron, notice.Kind, to);
        var words = NoticeWriter.Write(notice, profile.NoticeSender, (Language)patron.Language);
        return new PreparedNotice(patron, channel, words, File(channel, words, to, id, core.Now()));
    }

    private string File(NoticeChannel channel, NoticeWords words, NoticeRecipient to, string id, Instant now) => channel switch
    {
        NoticeChannel.Email => Envelope.Mail(words, to, profile.NoticeSender, id, now),
        NoticeChannel.Sms => Envelope.TextMessage(words, to),
        _ => Envelope.Letter(words, to, profile.NoticeSender, now),
    };

    // Claims go on while processing is restricted (R76); what is a service does not.
    private static void RequireUnrestricted(PatronRow patron, NoticeKind kind)
    {
        if (patron.Restricted && kind is NoticeKind.PickUp or NoticeKind.DueDate)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "RESTRICTED", "Processing of this patron's data is restricted: only notices about claims are sent.");
        }
    }

    private static NoticeChannel Channel(RegisterDb db, PatronRow patron, NoticeKind kind, NoticeRecipient to)
    {
        var channel = NoticeChannels.Of(db, patron.PatronId, kind);
        return channel switch
        {
            NoticeChannel.None => throw Refused.With(StatusCode.FailedPrecondition, "UNWANTED", "The patron wants no notices of this kind: nothing was sent."),
            NoticeChannel.Letter when to.Address.Count == 0 => throw Refused.With(
                StatusCode.FailedPrecondition, "UNREACHABLE", "The patron has neither an e-mail address nor a postal one: complete the contact data."),
            _ => channel,
        };
    }

    private static NoticeRecipient Recipient(RegisterDb db, PatronRow patron)
    {
        var name = $"{patron.FirstNames} {patron.Surname}".Trim();
        if (db.Set<ContactRow>().SingleOrDefault(row => row.PatronId == patron.PatronId) is not { } contact)
        {
            return new NoticeRecipient(name, [], "", "");
        }

        var town = $"{contact.PostalCode} {contact.City}".Trim();
        string[] address = town.Length == 0 ? [] : [contact.Street, town, contact.Country];
        return new NoticeRecipient(name, [.. address.Where(line => line.Length > 0)], contact.Email, contact.Phones.Split('\n')[0]);
    }
}
