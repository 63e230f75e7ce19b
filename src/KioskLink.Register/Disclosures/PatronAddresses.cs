using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.Disclosures;

/// <summary>Addresses of patrons as the population register tells them; nothing else of the contact data changes.</summary>
internal static class PatronAddresses
{
    /// <summary>Stores an address; what it was before, null where it was the same.</summary>
    public static PostalAddress? Put(WriteScope scope, PatronRow patron, PostalAddress address, string by)
    {
        var contact = scope.Db.Set<ContactRow>().SingleOrDefault(row => row.PatronId == patron.PatronId)?.Show() ?? new Contact();
        if (address.Equals(contact.Address))
        {
            return null;
        }

        var before = contact.Address ?? new PostalAddress();
        contact.Address = address;
        ContactWriter.PutContact(scope, patron.PatronId, contact);
        scope.Db.Update(patron with { UpdatedAt = scope.NowMs, UpdatedBy = by });
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
        return before;
    }
}
