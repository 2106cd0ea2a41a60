//! What columns that say where are called, in English, French and Arabic: lower case, letters and digits only, the likeliest
//! first.
//!
//! Floor 2. A table of data.

/// Latitudes.
pub const LATITUDE: [&str; 24] = [
    "latitude",
    "lat",
    "latdd",
    "declat",
    "declatitude",
    "decimallatitude",
    "latitudewgs84",
    "latwgs84",
    "gpslat",
    "gpslatitude",
    "geolat",
    "latdec",
    "latdeg",
    "centroidlat",
    "ycoord",
    "ycoordinate",
    "coordy",
    "pointy",
    "y",
    "latitud",
    "خطالعرض",
    "دائرةالعرض",
    "العرض",
    "عرض",
];
/// Longitudes.
pub const LONGITUDE: [&str; 28] = [
    "longitude",
    "lon",
    "lng",
    "long",
    "londd",
    "longdd",
    "declon",
    "declong",
    "declongitude",
    "decimallongitude",
    "longitudewgs84",
    "lonwgs84",
    "gpslon",
    "gpslong",
    "gpslongitude",
    "geolon",
    "geolong",
    "londec",
    "londeg",
    "centroidlon",
    "xcoord",
    "xcoordinate",
    "coordx",
    "pointx",
    "x",
    "longitud",
    "خطالطول",
    "الطول",
];
/// Whole positions.
pub const POSITION: [&str; 22] = [
    "coordinates",
    "coordinate",
    "coords",
    "coord",
    "coordonnees",
    "mgrs",
    "usng",
    "utm",
    "gridreference",
    "gridref",
    "position",
    "gps",
    "gpscoordinates",
    "latlon",
    "latlong",
    "latlng",
    "latitudelongitude",
    "geolocation",
    "geopoint",
    "geocoordinates",
    "الاحداثيات",
    "احداثيات",
];
/// Geometries.
pub const WKT: [&str; 8] =
    ["wkt", "geomwkt", "geometrywkt", "wktgeom", "geometry", "geom", "thegeom", "shape"];
/// Eastings.
pub const EASTING: [&str; 6] = ["easting", "utmeasting", "east", "utme", "utmx", "xutm"];
/// Northings.
pub const NORTHING: [&str; 6] = ["northing", "utmnorthing", "north", "utmn", "utmy", "yutm"];
/// Zones of the UTM grid.
pub const ZONE: [&str; 4] = ["utmzone", "zone", "zoneutm", "gridzone"];
/// Names of places.
pub const PLACE: [&str; 32] = [
    "location",
    "place",
    "placename",
    "locationname",
    "placenameen",
    "placenamear",
    "village",
    "villagename",
    "town",
    "townname",
    "city",
    "cityname",
    "settlement",
    "community",
    "communityname",
    "locality",
    "localite",
    "lieu",
    "nomdulieu",
    "ville",
    "site",
    "sitename",
    "adm4",
    "admin4name",
    "المكان",
    "الموقع",
    "البلدة",
    "المدينة",
    "القرية",
    "اسمالموقع",
    "مكان",
    "موقع",
];
