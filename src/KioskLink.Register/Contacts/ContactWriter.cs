using KioskLink.Protos.Register.V1;
using KioskLink.Register.Store;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Contacts;

/// <summary>
/// Writes what stands beside a patron's row: contact data, gender, channels of notices, home service. Each compares before it
/// writes and tells whether it changed anything; a part that is not given stays.
/// </summary>
internal static class ContactWriter
{
    /// <summary>Stores contact data.</summary>
    public static bool PutContact(WriteScope scope, long patronId, Contact? contact)
    {
        if (contact is null)
        {
            return false;
        }

        var before = scope.Db.Set<ContactRow>().SingleOrDefault(row => row.PatronId == patronId);
        var after = new ContactRow { PatronId = patronId, Consortium = scope.Consortium };
        after.Take(contact);
        return Put(scope, before, after, isEmpty: after.Show() is null);
    }

    /// <summary>Stores the gender; unspecified leaves it.</summary>
    public static bool PutGender(WriteScope scope, long patronId, Gender gender) => gender != Gender.Unspecified && Put(
        scope,
        scope.Db.Set<GenderRow>().SingleOrDefault(row => row.PatronId == patronId),
        new GenderRow { PatronId = patronId, Consortium = scope.Consortium, Gender = (int)gender },
        isEmpty: false);

    /// <summary>Stores what home service needs to know.</summary>
    public static bool PutHomeService(WriteScope scope, long patronId, HomeService? service) => service is not null && Put(
        scope,
        scope.Db.Set<HomeServiceRow>().SingleOrDefault(row => row.PatronId == patronId),
        new HomeServiceRow { PatronId = patronId, Consortium = scope.Consortium, Route = service.Route, Delivery = service.Delivery },
        isEmpty: service is { Route: "", Delivery: "" });

    /// <summary>Stores choices of channels; the contact data they need must be stored before. INVALID_ARGUMENT names the field.</summary>
    public static bool PutNotices(WriteScope scope, long patronId, IReadOnlyList<NoticePreference>? choices, string field)
    {
        if (choices is null)
        {
            return false;
        }

        NoticeChannels.RequireReachable(choices, scope.Db.Set<ContactRow>().SingleOrDefault(row => row.PatronId == patronId), field);
        var changed = false;
        foreach (var choice in choices)
        {
            var before = scope.Db.Set<NoticePreferenceRow>().SingleOrDefault(row => row.PatronId == patronId && row.Kind == (int)choice.Kind);
            var after = new NoticePreferenceRow { PatronId = patronId, Kind = (int)choice.Kind, Consortium = scope.Consortium, Channel = (int)choice.Channel };
            changed |= Put(scope, before, after, isEmpty: choice.Channel == NoticeChannel.Unspecified);
        }

        return changed;
    }

    private static bool Put<T>(WriteScope scope, T? before, T after, bool isEmpty)
        where T : class
    {
        if (before is null ? isEmpty : !isEmpty && after.Equals(before))
        {
            return false;
        }

        var entry = scope.Db.Entry(after);
        entry.State = before is null ? EntityState.Added : isEmpty ? EntityState.Deleted : EntityState.Modified;
        scope.Db.SaveChanges();
        entry.State = EntityState.Detached;
        return true;
    }
}
