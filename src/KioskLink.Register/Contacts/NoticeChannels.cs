using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Contacts;

/// <summary>How notices reach patrons (R20): each kind by the channel that the patron chose, else by e-mail or letter.</summary>
internal static class NoticeChannels
{
    /// <summary>Every kind of notice.</summary>
    public static IReadOnlyList<NoticeKind> Kinds { get; } = [NoticeKind.PickUp, NoticeKind.DueDate, NoticeKind.Overdue, NoticeKind.Invoice];

    /// <summary>Reads choices: INVALID_ARGUMENT names the field; null stays null.</summary>
    public static IReadOnlyList<NoticePreference>? Read(NoticePreferences? given, string field)
    {
        if (given is null)
        {
            return null;
        }

        foreach (var preference in given.Preferences)
        {
            Field.Known(preference.Kind, $"{field}.kind");
            if (!Enum.IsDefined(preference.Channel))
            {
                throw Field.Wrong($"{field}.channel", "must be Letter, Email, Sms or None");
            }

            if (preference is { Channel: NoticeChannel.None, Kind: NoticeKind.Overdue or NoticeKind.Invoice })
            {
                throw Field.Wrong($"{field}.channel", "must not be None for overdue notices and invoices: choose another");
            }
        }

        return given.Preferences.Select(preference => preference.Kind).Distinct().Count() == given.Preferences.Count
            ? [.. given.Preferences]
            : throw Field.Wrong($"{field}.kind", "is named twice: name each kind once");
    }

    /// <summary>Refuses a channel for which there is no address.</summary>
    public static void RequireReachable(IReadOnlyList<NoticePreference> choices, ContactRow? contact, string field)
    {
        var channels = choices.Select(choice => choice.Channel).ToHashSet();
        if (channels.Contains(NoticeChannel.Email) && contact is not { Email.Length: > 0 })
        {
            throw Field.Wrong($"{field}.channel", "is Email, but there is no e-mail address: give it, or choose another");
        }

        if (channels.Contains(NoticeChannel.Sms) && contact is not { Phones.Length: > 0 })
        {
            throw Field.Wrong($"{field}.channel", "is Sms, but there is no telephone number: give it, or choose another");
        }
    }

    /// <summary>The channel in force of one kind of notice.</summary>
    public static NoticeChannel Of(RegisterDb db, long patronId, NoticeKind kind)
    {
        var chosen = (NoticeChannel)db.Set<NoticePreferenceRow>()
            .Where(row => row.PatronId == patronId && row.Kind == (int)kind)
            .Select(row => row.Channel)
            .SingleOrDefault();
        var contact = db.Set<ContactRow>().SingleOrDefault(row => row.PatronId == patronId);
        return chosen switch
        {
            NoticeChannel.Letter or NoticeChannel.None => chosen,
            NoticeChannel.Sms when contact is { Phones.Length: > 0 } => chosen,
            _ => contact is { Email.Length: > 0 } ? NoticeChannel.Email : NoticeChannel.Letter,
        };
    }

    /// <summary>What a patron chose.</summary>
    public static NoticePreferences? Show(RegisterDb db, long patronId)
    {
        var shown = new NoticePreferences();
        shown.Preferences.AddRange(db.Set<NoticePreferenceRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.Kind).AsEnumerable()
            .Select(row => new NoticePreference { Kind = (NoticeKind)row.Kind, Channel = (NoticeChannel)row.Channel }));
        return shown.Preferences.Count == 0 ? null : shown;
    }
}
